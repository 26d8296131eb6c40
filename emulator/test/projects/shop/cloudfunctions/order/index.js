const cloud = require('wx-server-sdk');
const { totalOf } = require('./lib/total');
const texts = require('./texts.json');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
const db = cloud.database();
const _ = db.command;

async function create({ lines }, openid) {
  const ids = lines.map(({ goodsId }) => goodsId);
  const { data: goods } = await db.collection('goods').where({ _id: _.in(ids) }).get();
  const priced = lines.map((line) => {
    const { title, price } = goods.find(({ _id }) => _id === line.goodsId);
    return { ...line, title, price };
  });
  const total = totalOf(priced);
  const orderId = await db.runTransaction(async (transaction) => {
    for (const { goodsId, quantity } of priced) {
      const found = await transaction.collection('goods').doc(goodsId).get();
      if (found.data.stock < quantity) await transaction.rollback(texts.soldOut);
      await transaction.collection('goods').doc(goodsId).update({ data: { stock: _.inc(-quantity) } });
    }
    const order = { _openid: openid, lines: priced, total, status: 'unpaid', createdAt: new Date() };
    const { _id } = await transaction.collection('orders').add({ data: order });
    return _id;
  });
  return { orderId, total };
}

async function list({ status = 'all' }, openid) {
  const condition = status === 'all' ? { _openid: openid } : { _openid: openid, status };
  const { data } = await db.collection('orders').where(condition).orderBy('createdAt', 'desc').get();
  return data;
}

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext();
  const action = { create, list }[event.action];
  if (action === undefined) return { code: 404, message: texts.unknownAction };
  try {
    return { code: 0, data: await action(event, OPENID) };
  } catch (error) {
    return { code: 409, message: typeof error === 'string' ? error : texts.failed };
  }
};
