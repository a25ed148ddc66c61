// A password in an address, which opens nothing: there is no such host.
module.exports = {
  orders: "postgres://shop:not-a-real-password@db.example.invalid:5432/orders",
};
