Component({
  relations: { './kind-list': { type: 'parent' } },
  properties: { name: String },
  data: { isActive: false },
  methods: {
    onTap() {
      const [list] = this.getRelationNodes('./kind-list')
      list.select(this.data.name)
    }
  }
})
