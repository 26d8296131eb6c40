Component({
  properties: { text: { type: String, value: '' }, strong: Boolean },
  methods: {
    onTap() {
      this.triggerEvent('pick', { text: this.data.text })
    },
  },
})
