Page({
  onLoad() {
    this.getOpenerEventChannel?.().emit?.('opened', {})
  },
})
