import { CartStore } from './stores/cart';

App({
  cart: new CartStore(),
  onLaunch() {
    if (!wx.cloud) {
      console.error('请使用 2.2.3 或以上的基础库以使用云能力');
      return;
    }
    wx.cloud.init({ env: wx.cloud.DYNAMIC_CURRENT_ENV, traceUser: true });
    const updateManager = wx.getUpdateManager();
    updateManager.onUpdateReady(() => updateManager.applyUpdate());
  },
});
