import { lineKey } from '../utils/goods';

const STORAGE_KEY = 'cart-lines';

/** 购物车：一行是一种商品的一个规格 */
export class CartStore {
  listeners = new Set();

  constructor() {
    this.lines = wx.getStorageSync(STORAGE_KEY) || [];
  }

  get count() {
    return this.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  get total() {
    return this.lines.filter(({ checked }) => checked).reduce((sum, line) => sum + line.price * line.quantity, 0);
  }

  add(goods, spec, quantity) {
    const key = lineKey(goods._id, spec);
    const known = this.lines.find((line) => line.key === key);
    if (known) known.quantity += quantity;
    else {
      const { _id: goodsId, title, price } = goods;
      this.lines.push({ key, goodsId, title, price, spec, quantity, checked: true });
    }
    this.save();
  }

  change(key, fields) {
    this.lines = this.lines.map((line) => (line.key === key ? { ...line, ...fields } : line));
    this.save();
  }

  remove(...keys) {
    this.lines = this.lines.filter((line) => !keys.includes(line.key));
    this.save();
  }

  save() {
    wx.setStorageSync(STORAGE_KEY, this.lines);
    for (const listener of this.listeners) listener(this);
  }

  subscribe(listener) {
    this.listeners.add(listener);
    listener(this);
    return () => this.listeners.delete(listener);
  }
}
