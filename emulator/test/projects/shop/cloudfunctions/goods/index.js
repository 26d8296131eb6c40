const cloud = require('wx-server-sdk');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
const db = cloud.database();

async function list({ kind, text }) {
  const condition = {};
  if (kind) condition.kind = kind;
  if (text) condition.title = db.RegExp({ regexp: text, options: 'i' });
  const { data } = await db.collection('goods').where(condition).orderBy('price', 'asc').limit(20).get();
  return data;
}

async function detail({ id }) {
  const { data } = await db.collection('goods').doc(id).get();
  return data;
}

const ACTIONS = { list, detail };

exports.main = async (event) => {
  const action = ACTIONS[event.action];
  if (!action) return { code: 404, message: '没有这个操作' };
  try {
    return { code: 0, data: await action(event) };
  } catch (error) {
    console.error(error);
    return { code: 500, message: '商品读取失败' };
  }
};
