import Dialog from 'tdesign-miniprogram/dialog/index';
import Toast from 'tdesign-miniprogram/toast/index';
import { createOrder } from '../../services/goods';

Page({
  data: { lines: [], total: 0, sending: false },

  onLoad() {
    this.cart = getApp().cart;
    this.unsubscribe = this.cart.subscribe(({ lines, total }) => this.setData({ lines, total }));
  },

  onUnload() {
    this.unsubscribe();
  },

  onShow() {
    this.getTabBar().init();
  },

  onCheck({ detail: { checked }, currentTarget: { dataset } }) {
    this.cart.change(dataset.key, { checked });
  },

  onQuantity({ detail: { value }, target: { dataset } }) {
    this.cart.change(dataset.key, { quantity: value });
  },

  onDelete({ currentTarget: { dataset } }) {
    this.cart.remove(dataset.key);
  },

  onOrder() {
    Dialog.confirm({
      context: this,
      selector: '#t-dialog',
      title: '提交订单',
      content: '确认购买选中的商品？',
      confirmBtn: '确认购买',
      cancelBtn: '再看看',
    })
      .then(() => this.order())
      .catch(() => {});
  },

  async order() {
    const lines = this.cart.lines.filter(({ checked }) => checked);
    this.setData({ sending: true });
    try {
      await createOrder(lines.map(({ goodsId, spec, quantity }) => ({ goodsId, spec, quantity })));
      this.cart.remove(...lines.map(({ key }) => key));
      wx.navigateTo({ url: '/pages/order/list/index?status=unpaid' });
    } catch (error) {
      Toast({ context: this, selector: '#t-toast', message: error.message, theme: 'warning' });
    } finally {
      this.setData({ sending: false });
    }
  },
});
