const KINDS = [
  { name: '绿茶', children: ['龙井', '碧螺春', '毛峰'] },
  { name: '红茶', children: ['祁门', '正山小种'] },
];

Page({
  data: { kinds: KINDS, active: 0 },

  onShow() {
    this.getTabBar().init();
  },

  onChange({ detail: { value } }) {
    this.setData({ active: value });
  },

  open({ currentTarget: { dataset } }) {
    wx.navigateTo({ url: `/pages/search/index?text=${encodeURIComponent(dataset.name)}` });
  },
});
