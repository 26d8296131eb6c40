Component({
  properties: { title: String },
  data: { isOpen: false },
  methods: {
    toggle() {
      this.setData({ isOpen: !this.data.isOpen })
    }
  }
})
