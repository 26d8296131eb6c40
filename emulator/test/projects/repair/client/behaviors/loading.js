module.exports = Behavior({
  data: { isLoading: false },
  methods: {
    async whileLoading(task) {
      this.setData({ isLoading: true })
      try {
        return await task()
      } finally {
        this.setData({ isLoading: false })
      }
    }
  }
})
