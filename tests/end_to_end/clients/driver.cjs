// Makes a published client, unmodified, call what standard input tells it.
//
//   node driver.cjs PACKAGE '[CONFIG, …]'
//
// A line is {"calls": [{"client": 0, "name": "createPayment", "arguments": […]}, …], "advance_s": 0}.
// Its calls are made at once, each by the client of that configuration. One line comes back: for each
// call {"answer": …}, {"raised": …}, or {"returned_error": …} where an error was handed over as if it
// were an answer; and how many timers the process still waits for. "advance_s" first puts the clock
// that the package sees forward: Date, nothing else.

const { mock } = require("node:test");
const readline = require("node:readline");

const OPEN = {
  "bkash-payment": (config) => (name, rest) => require("bkash-payment")[name](config, ...rest),
  "bkash-payment-api": (config) => {
    const { BkashGateway } = require("bkash-payment-api");
    const gateway = new BkashGateway(config);
    return (name, rest) => gateway[name](...rest);
  },
};

const describe = (error) => ({
  name: error.name,
  message: error.message,
  status: error.response?.status ?? null,
  body: error.response?.data ?? null,
});

async function make(client, { name, arguments: rest }) {
  try {
    const answer = await client(name, rest);
    return answer instanceof Error ? { returned_error: describe(answer) } : { answer };
  } catch (error) {
    return { raised: describe(error) };
  }
}

function advance(seconds) {
  const now = Date.now() + seconds * 1000;
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now });
}

async function main([name, configs]) {
  const clients = JSON.parse(configs).map(OPEN[name]);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { calls, advance_s } = JSON.parse(line);
    if (advance_s) advance(advance_s);
    const results = await Promise.all(calls.map((call) => make(clients[call.client], call)));
    const timers = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    process.stdout.write(JSON.stringify({ results, timers }) + "\n");
  }
}

main(process.argv.slice(2));
