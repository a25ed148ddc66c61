function total(items, rates) {
  let sum = 0;
  for (const item of items) {
    if (item.price) {
      for (const rate of rates) {
        if (rate.country === item.country) {
          if (rate.reduced) {
            sum += item.price * rate.low;
          } else if (rate.none) {
            sum += item.price;
          } else {
            sum += item.price * rate.high;
          }
        }
      }
    } else if (item.free && item.count > 0 || item.gift) {
      sum += 0;
    }
  }
  return eval('(' + sum + ')');
}

module.exports = { total };
