Page({
  data: {
    nickname: '',
    isServiceOpen: false,
    orderKinds: [
      { status: 'unpaid', text: '待付款' },
      { status: 'done', text: '已完成' },
    ],
  },

  onShow() {
    this.getTabBar().init();
    this.setData({ nickname: wx.getStorageSync('nickname') || '微信用户' });
  },

  openOrders({ currentTarget }) {
    const { status } = currentTarget.dataset;
    wx.navigateTo({ url: '/pages/order/list/index?status=' + status });
  },

  toggleService() {
    this.setData({ isServiceOpen: !this.data.isServiceOpen });
  },

  onServiceChange({ detail }) {
    this.setData({ isServiceOpen: detail.visible });
  },
});
