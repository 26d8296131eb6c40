import { listOrders } from '../../../services/goods';

const TABS = [
  { status: 'all', text: '全部' },
  { status: 'unpaid', text: '待付款' },
  { status: 'done', text: '已完成' },
];

Page({
  data: { tabs: TABS, status: 'all', orders: [], refreshing: false },

  onLoad(query) {
    this.setData({ status: query.status ?? 'all' });
    this.load();
  },

  onTab({ detail }) {
    this.setData({ status: detail.value });
    this.load();
  },

  async onRefresh() {
    this.setData({ refreshing: true });
    await this.load();
    this.setData({ refreshing: false });
  },

  async load() {
    this.setData({ orders: await listOrders(this.data.status) });
  },
});
