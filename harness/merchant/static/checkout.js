"use strict";
// Warms the token when the shopper lands, and pays without leaving the page if something goes
// wrong. Without this file the form pays just as well.
(() => {
  const prefetch = document.querySelector('meta[name="bkash-prefetch"]');
  if (prefetch) {
    fetch(prefetch.content, { method: "POST" })
      .then((answer) => answer.json())
      .then((body) => console.log(body.statusMessage))
      .catch((error) => console.log("Token pre-fetch failed (non-critical):", error));
  }

  const form = document.getElementById("pay");
  const button = form.querySelector("button");
  const problem = document.getElementById("problem");

  const rest = () => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    problem.hidden = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify(Object.fromEntries(new FormData(form))),
      });
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.statusMessage);
      console.log(body.data.tokenStatus);
      window.location.assign(body.data.bkashURL);
    } catch (error) {
      const unreachable = error instanceof TypeError || error instanceof SyntaxError;
      problem.textContent = unreachable ? "The shop cannot be reached. Try again." : error.message;
      problem.hidden = false;
      rest();
    }
  });

  // A page that comes back from the browser's cache still has its button pressed.
  window.addEventListener("pageshow", rest);
})();
