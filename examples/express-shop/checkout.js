// Paying: what the shop asks bKash for, and when it believes that it was paid.

const { createPayment, executePayment, queryPayment } = require("bkash-payment");

class Checkout {
  constructor(config, store) {
    this.config = config;
    this.store = store;
  }

  // Makes an order and returns bKash's page for it, or why there is none.
  async begin({ customerId, productId, callbackURL }, stopwatch) {
    const [customer, product] = await Promise.all([
      stopwatch.time("find_customer", () => this.store.findCustomer(customerId)),
      stopwatch.time("find_product", () => this.store.findProduct(productId)),
    ]);
    if (!customer || !product) return { problem: "There is no such customer or product." };
    const order = await stopwatch.time("insert_order", () =>
      this.store.insertOrder(customer, product),
    );
    const created = await stopwatch.time("create_payment", () =>
      createPayment(this.config, {
        amount: product.taka,
        callbackURL: `${callbackURL}/${order.ref}`,
        orderID: order.ref,
        reference: String(customer.id),
      }),
    );
    // bkash-payment hands errors over as if they were answers, so an answer is told by its id.
    if (!created?.paymentID) return { problem: created?.statusMessage ?? created?.message };
    await stopwatch.time("attach_payment", () =>
      this.store.updateOrder(order, { paymentID: created.paymentID }),
    );
    return { bkashURL: created.bkashURL };
  }

  // Settles the order that a shopper comes back for; returns its status.
  async finish({ ref, paymentID, status }, stopwatch) {
    const order = await stopwatch.time("load_order", () => this.store.findOrder(ref));
    if (!order || order.paymentID !== paymentID) return "unknown";
    if (order.status !== "created") return order.status;
    // Executed once, whatever happens: a second try has to begin with a new order.
    order.status = "executing";
    const outcome = status === "success" ? await this.#execute(order, stopwatch) : "cancelled";
    await stopwatch.time("update_order", () => this.store.updateOrder(order, { status: outcome }));
    return outcome;
  }

  async #execute(order, stopwatch) {
    try {
      const answer = await stopwatch.time("execute_payment", () =>
        executePayment(this.config, order.paymentID),
      );
      return isPaid(answer, order) ? "paid" : "failed";
    } catch {
      return this.#ask(order, stopwatch);
    }
  }

  // Nobody knows what became of the execute: ask, and do not send it again.
  async #ask(order, stopwatch) {
    try {
      const answer = await stopwatch.time("query_payment", () =>
        queryPayment(this.config, order.paymentID),
      );
      return isPaid(answer, order) ? "paid" : "pending";
    } catch {
      return "pending";
    }
  }
}

function isPaid(answer, order) {
  return answer?.transactionStatus === "Completed" && Number(answer.amount) === order.product.taka;
}

module.exports = { Checkout };
