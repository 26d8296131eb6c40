Component({
  relations: {
    './kind-item': {
      type: 'child',
      linked() {
        this.mark()
      }
    }
  },
  properties: { value: { type: String, observer: 'mark' } },
  methods: {
    mark() {
      this.getRelationNodes('./kind-item').forEach((item) => item.setData({ isActive: item.data.name === this.data.value }))
    },
    select(name) {
      this.triggerEvent('select', { name })
    }
  }
})
