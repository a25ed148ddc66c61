// Each line here is one of the mistakes that scanners of JavaScript look for.
const { exec } = require("child_process");
const fs = require("fs");

function total(expression) {
  return eval(expression);
}

function invoice(name, done) {
  exec("print-invoice " + name, done);
}

function read(name) {
  return fs.readFileSync(name, "utf8");
}

function search(orders, pattern) {
  return orders.filter((order) => new RegExp(pattern).test(order.title));
}

function isMail(text) {
  return /^([a-zA-Z0-9]+)*@shop$/.test(text);
}

module.exports = { invoice, isMail, read, search, total };
