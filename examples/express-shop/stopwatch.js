// What a request spends its time on, for its Server-Timing header.
// A stage is written as name;dur=…;start=…, in milliseconds, start counted from the request's arrival.

class Stopwatch {
  constructor() {
    this.arrival = performance.now();
    this.stages = [];
  }

  // Does some work, and notes when it began and how long it took, whether it went well or not.
  async time(name, work) {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.stages.push({ name, start: start - this.arrival, dur: performance.now() - start });
    }
  }

  header() {
    return this.stages
      .map(({ name, start, dur }) => `${name};dur=${dur.toFixed(3)};start=${start.toFixed(3)}`)
      .join(", ");
  }
}

// Gives each request a stopwatch, and each answer its header.
function timed(request, response, next) {
  request.stopwatch = new Stopwatch();
  const writeHead = response.writeHead;
  response.writeHead = (...rest) => {
    const header = request.stopwatch.header();
    if (header) response.setHeader("Server-Timing", header);
    return writeHead.apply(response, rest);
  };
  next();
}

module.exports = { timed };
