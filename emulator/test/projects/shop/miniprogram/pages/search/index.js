import { listGoods } from '../../services/goods';

const HISTORY = 'search-history';

Page({
  data: { text: '', goods: [], history: [], searched: false },

  onLoad({ text }) {
    this.setData({ history: wx.getStorageSync(HISTORY) || [] });
    if (text) this.search(decodeURIComponent(text));
  },

  onChange({ detail }) {
    this.setData({ text: detail.value });
  },

  onSubmit({ detail }) {
    this.search(detail.value);
  },

  onHistory({ currentTarget }) {
    this.search(currentTarget.dataset.text);
  },

  async search(text) {
    if (!text) return;
    const history = [text, ...this.data.history.filter((old) => old !== text)].slice(0, 5);
    wx.setStorageSync(HISTORY, history);
    this.setData({ text, history });
    wx.showLoading({ title: '搜索中' });
    const goods = await listGoods({ text }).finally(() => wx.hideLoading());
    this.setData({ goods, searched: true });
  },

  openGoods({ detail: { goods } }) {
    wx.navigateTo({ url: `/pages/goods/detail/index?id=${goods._id}` });
  },
});
