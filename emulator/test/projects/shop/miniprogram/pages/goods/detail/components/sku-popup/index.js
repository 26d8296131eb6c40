Component({
  options: { multipleSlots: true, styleIsolation: 'apply-shared' },
  properties: {
    show: Boolean,
    goods: {
      type: Object,
      value: {},
      observer(goods) {
        const [first = ''] = goods.specs || [];
        this.setData({ spec: first });
      },
    },
  },
  data: { spec: '', quantity: 1 },
  observers: {
    'goods.price, quantity'(price, quantity) {
      this.setData({ sum: ((price || 0) * quantity) / 100 });
    },
  },
  methods: {
    choose({ currentTarget: { dataset } }) {
      this.setData({ spec: dataset.spec });
    },
    onQuantity({ detail }) {
      this.setData({ quantity: detail.value });
    },
    onVisibleChange({ detail }) {
      if (!detail.visible) this.triggerEvent('close');
    },
    confirm() {
      const { spec, quantity } = this.data;
      this.triggerEvent('confirm', { spec, quantity });
    },
  },
});
