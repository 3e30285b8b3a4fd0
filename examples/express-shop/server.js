// A small shop on Express that takes bKash by npm bkash-payment. See README.md.

const express = require("express");

const { Checkout } = require("./checkout.js");
const { timed } = require("./stopwatch.js");
const { Store } = require("./store.js");

const environment = process.env;
const store = new Store(Number(environment.STATEMENT_MS ?? 100));
const checkout = new Checkout(
  {
    base_url: environment.BKASH_BASE_URL ?? "http://127.0.0.1:8700/v1.2.0-beta",
    username: environment.BKASH_USERNAME ?? "express-shop",
    password: environment.BKASH_PASSWORD ?? "express-shop",
    app_key: environment.BKASH_APP_KEY ?? "express-shop",
    app_secret: environment.BKASH_APP_SECRET ?? "express-shop",
  },
  store,
);

const app = express();
app.use(timed, express.urlencoded({ extended: false }));

app.get("/products/:id", async (request, response) => {
  const product = await store.findProduct(Number(request.params.id));
  if (!product) return response.status(404).send("There is no such product.");
  response.send(`<!doctype html>
    <html lang="en">
    <meta name="viewport" content="width=device-width">
    <title>${product.name}</title>
    <h1>${product.name}, ${product.taka} taka</h1>
    <form method="post" action="/pay">
      <input name="customer" type="number" value="1" aria-label="Customer">
      <input name="product" type="hidden" value="${product.id}">
      <button>Pay with bKash</button>
    </form>`);
});

app.post("/pay", async (request, response) => {
  const { customer, product } = request.body ?? {};
  const begun = await checkout.begin(
    {
      customerId: Number(customer),
      productId: Number(product),
      callbackURL: `${request.protocol}://${request.host}/callback`,
    },
    request.stopwatch,
  );
  if (!begun.bkashURL) return response.status(502).type("text").send(`No payment: ${begun.problem}`);
  response.redirect(303, begun.bkashURL);
});

app.get("/callback/:ref", async (request, response) => {
  const { paymentID, status } = request.query;
  const { ref } = request.params;
  const outcome = await checkout.finish({ ref, paymentID, status }, request.stopwatch);
  response.redirect(303, `/orders/${encodeURIComponent(ref)}?status=${outcome}`);
});

app.get("/orders/:ref", async (request, response) => {
  const order = await store.findOrder(request.params.ref);
  if (!order) return response.status(404).send("There is no such order.");
  response.send(`Order ${order.ref}, ${order.product.name}: ${order.status}.`);
});

const server = app.listen(Number(environment.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`express shop listening on http://127.0.0.1:${server.address().port}`);
});
