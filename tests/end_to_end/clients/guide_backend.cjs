// A stand-in for the guide's Next.js application: its routes, bodies and redirects, without Next.
//
// From the guide: the paths below /api, the fields of make-payment, the token kept in memory for 55
// minutes, user and course validated at once, timeouts of 10 s and 15 s, the page whose script
// fetches the token. Assumed, because the guide does not show it: the page's path, the callback's
// path and where it redirects, that the amount is the browser's, and what tables the database has.

const http = require("node:http");
const { setTimeout: sleep } = require("node:timers/promises");

const BKASH = process.env.BKASH_BASE_URL;
const CREDENTIALS = { app_key: "guide", app_secret: "guide-secret" };
const LOGIN = { username: "guide", password: "guide-password" };
const SECRET = process.env.CRON_SECRET;
const STATEMENT_MS = Number(process.env.STATEMENT_MS ?? 0);
const PAYMENT_TIMEOUT_MS = 10_000;
const TOKEN_TIMEOUT_MS = 15_000;
const KEPT_MS = 55 * 60 * 1000;

let tokenCache = null;
const payments = new Map();
const made = [];

const post = async (path, body, headers, timeout) => {
  const response = await fetch(`${BKASH}/tokenized/checkout/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeout),
  });
  return response.json();
};

async function refreshToken() {
  const granted = await post("token/grant", CREDENTIALS, LOGIN, TOKEN_TIMEOUT_MS);
  tokenCache = { token: granted.id_token, expiresAt: Date.now() + KEPT_MS };
  return tokenCache.token;
}

const token = async () =>
  tokenCache && tokenCache.expiresAt > Date.now() ? tokenCache.token : refreshToken();

const call = async (path, body) =>
  post(
    path,
    body,
    { authorization: await token(), "x-app-key": CREDENTIALS.app_key },
    PAYMENT_TIMEOUT_MS,
  );

async function select(id, most) {
  await sleep(STATEMENT_MS);
  return id >= 1 && id <= most ? { id } : null;
}

async function makePayment(request) {
  const began = performance.now();
  const { user_id, course_id, amount, email, name, phone } = await request.json();
  if (!amount || !email || !name || !phone) return json(400, { statusMessage: "Missing field" });
  const [user, course] = await Promise.all([select(user_id, 1000), select(course_id, 50)]);
  if (!user || !course) return json(404, { statusMessage: "Invalid user or course" });
  const created = await call("create", {
    mode: "0011",
    payerReference: phone,
    callbackURL: `http://${request.host}/api/bkash/callback`,
    amount: String(amount),
    currency: "BDT",
    intent: "sale",
    merchantInvoiceNumber: `${user_id}-${course_id}`,
  });
  if (created.statusCode !== "0000") return json(502, { statusMessage: created.statusMessage });
  payments.set(created.paymentID, "pending");
  made.push(performance.now() - began);
  return json(200, { statusCode: 200, statusMessage: "Success", data: created });
}

async function callback(request) {
  const paymentID = request.query.get("paymentID");
  let outcome = payments.get(paymentID) ?? "failed";
  if (outcome === "pending" && request.query.get("status") === "success") {
    const executed = await call("execute", { paymentID }).catch(() => null);
    outcome = executed?.transactionStatus === "Completed" ? "success" : "failed";
    payments.set(paymentID, outcome);
  }
  // What NextResponse.redirect answers.
  return { status: 307, headers: { location: `/payment/${outcome}?paymentID=${paymentID}` } };
}

const PAGE = `<!doctype html><title>Checkout</title><button id="pay">Pay with bKash</button><script>
fetch("/api/bkash/refresh-token", { method: "POST" }).catch(() => {});</script>`;

const ROUTES = {
  "POST /api/bkash/make-payment": makePayment,
  "GET /api/bkash/callback": callback,
  "POST /api/bkash/refresh-token": async () => json(200, { success: Boolean(await token()) }),
  "GET /api/cron/refresh-bkash-token": async ({ query }) =>
    SECRET && query.get("secret") === SECRET
      ? json(200, { success: Boolean(await refreshToken()) })
      : json(401, { success: false }),
  "GET /api/bkash/performance": async () => json(200, { payments: made.length, made_ms: made }),
  "GET /api/bkash/test-token": async () => json(200, { cached: tokenCache !== null }),
};

const html = (body) => ({ status: 200, headers: { "content-type": "text/html" }, body });
const json = (status, body) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

async function route(incoming) {
  const url = new URL(incoming.url, "http://shop");
  if (incoming.method === "GET" && /^\/checkout\/\d+$/.test(url.pathname)) return html(PAGE);
  const handle = ROUTES[`${incoming.method} ${url.pathname}`];
  if (!handle) return json(404, {});
  const chunks = await incoming.toArray();
  const text = Buffer.concat(chunks).toString();
  return handle({
    query: url.searchParams,
    host: incoming.headers.host,
    json: async () => JSON.parse(text),
  });
}

const server = http.createServer(async (incoming, outgoing) => {
  const { status, headers, body } = await route(incoming).catch((error) =>
    json(500, { statusMessage: error.message }),
  );
  outgoing.writeHead(status, headers).end(body);
});
server.listen(0, "127.0.0.1", () => {
  console.log(`guide backend listening on http://127.0.0.1:${server.address().port}`);
});
