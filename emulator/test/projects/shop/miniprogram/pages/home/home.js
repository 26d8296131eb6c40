import Toast from 'tdesign-miniprogram/toast/index';
import { listGoods } from '../../services/goods';

Page({
  data: {
    banners: ['/images/spring.svg', '/images/autumn.svg'],
    tabs: ['全部', '绿茶', '红茶'],
    tab: 0,
    goods: [],
    status: 'loading',
  },

  onLoad() {
    this.loadGoods();
  },

  onShow() {
    this.getTabBar().init();
  },

  async onPullDownRefresh() {
    await this.loadGoods();
    wx.stopPullDownRefresh();
  },

  async loadGoods() {
    const { tab, tabs } = this.data;
    this.setData({ status: 'loading' });
    try {
      const goods = await listGoods(tab === 0 ? {} : { kind: tabs[tab] });
      this.setData({ goods, status: goods.length > 0 ? 'done' : 'empty' });
    } catch (error) {
      this.setData({ status: 'empty' });
      Toast({ context: this, selector: '#t-toast', message: error.message || '加载失败' });
    }
  },

  onTab({ detail }) {
    this.setData({ tab: detail.value });
    this.loadGoods();
  },

  openSearch() {
    wx.navigateTo({ url: '/pages/search/index' });
  },

  openGoods({ detail: { goods } }) {
    wx.navigateTo({ url: `/pages/goods/detail/index?id=${goods._id}` });
  },

  onShareAppMessage() {
    return { title: '一叶茶铺', path: '/pages/home/home' };
  },
});
