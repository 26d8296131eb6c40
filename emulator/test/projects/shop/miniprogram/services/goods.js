async function call(name, data) {
  const { result } = await wx.cloud.callFunction({ name, data });
  if (result.code !== 0) throw new Error(result.message);
  return result.data;
}

export const listGoods = (condition = {}) => call('goods', { action: 'list', ...condition });
export const getGoods = (id) => call('goods', { action: 'detail', id });
export const createOrder = (lines) => call('order', { action: 'create', lines });
export const listOrders = (status) => call('order', { action: 'list', status });
