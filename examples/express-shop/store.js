// The shop's database: a Map that takes as long as a hosted one would.

const { randomUUID } = require("node:crypto");
const { setTimeout: sleep } = require("node:timers/promises");

const PRODUCTS = 50;
const CUSTOMERS = 1000;

class Store {
  // statementMs: what each statement takes.
  constructor(statementMs) {
    this.statementMs = statementMs;
    this.orders = new Map();
  }

  async findCustomer(id) {
    await sleep(this.statementMs);
    return id >= 1 && id <= CUSTOMERS ? { id } : null;
  }

  async findProduct(id) {
    await sleep(this.statementMs);
    return id >= 1 && id <= PRODUCTS ? { id, name: `Product ${id}`, taka: 100 + 10 * id } : null;
  }

  async insertOrder(customer, product) {
    await sleep(this.statementMs);
    const order = { ref: randomUUID().slice(0, 13), customer, product, status: "created" };
    this.orders.set(order.ref, order);
    return order;
  }

  async findOrder(ref) {
    await sleep(this.statementMs);
    return this.orders.get(ref) ?? null;
  }

  async updateOrder(order, changes) {
    await sleep(this.statementMs);
    Object.assign(order, changes);
  }
}

module.exports = { Store };
