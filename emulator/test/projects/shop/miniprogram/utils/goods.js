const lineKey = (goodsId, spec) => `${goodsId}:${spec ?? ''}`;

const yuan = (cents) => (cents / 100).toFixed(2);

module.exports = { lineKey, yuan };
