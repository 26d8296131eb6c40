Component({
  options: { multipleSlots: true },
  externalClasses: ['card-class'],
  properties: {
    goods: { type: Object, value: {} },
  },
  methods: {
    onTap() {
      this.triggerEvent('open', { goods: this.data.goods });
    },
  },
});
