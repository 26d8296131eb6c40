import Toast from 'tdesign-miniprogram/toast/index';
import { getGoods } from '../../../services/goods';

Page({
  data: { goods: null, isSkuOpen: false },

  async onLoad({ id }) {
    try {
      const goods = await getGoods(id);
      this.setData({ goods });
      wx.setNavigationBarTitle({ title: goods.title });
    } catch (error) {
      Toast({ context: this, selector: '#t-toast', message: error.message });
    }
  },

  openSku() {
    this.setData({ isSkuOpen: true });
  },

  closeSku() {
    this.setData({ isSkuOpen: false });
  },

  onConfirm({ detail: { spec, quantity } }) {
    getApp().cart.add(this.data.goods, spec, quantity);
    this.closeSku();
    Toast({ context: this, selector: '#t-toast', message: '已加入购物车', theme: 'success' });
  },

  goCart() {
    wx.switchTab({ url: '/pages/cart/index' });
  },
});
