App({
  globalData: {},
  launches: [] as string[],
  onLaunch({ path }: { path: string }) {
    this.launches.push(`launch ${path}`)
  },
  onShow() {
    this.launches.push('show')
  },
  onHide() {
    this.launches.push('hide')
  },
})
