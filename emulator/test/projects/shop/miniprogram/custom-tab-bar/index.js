import items from './data';

Component({
  data: { active: 0, items, count: 0 },

  lifetimes: {
    attached() {
      this.unsubscribe = getApp().cart.subscribe(({ count }) => this.setData({ count }));
    },
    detached() {
      this.unsubscribe();
    },
  },

  methods: {
    onChange(event) {
      this.setData({ active: event.detail.value });
      wx.switchTab({ url: `/${this.data.items[event.detail.value].url}` });
    },

    init() {
      const page = getCurrentPages().pop();
      const route = page ? page.route.split('?')[0] : '';
      this.setData({ active: this.data.items.findIndex(({ url }) => url === route) });
    },
  },
});
