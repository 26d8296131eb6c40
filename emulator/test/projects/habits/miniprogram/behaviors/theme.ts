/** Follows the phone's light or dark theme. */
export const themeBehavior = Behavior({
  data: { theme: 'light' },
  lifetimes: {
    attached() {
      this.setData({ theme: wx.getSystemInfoSync().theme || 'light' })
      wx.onThemeChange(({ theme }) => this.setData({ theme }))
    },
  },
})
