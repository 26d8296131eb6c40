Page({
  data: { tags: ['山', '海'], picked: '', log: '' },
  onPick({ detail }: { detail: { text: string } }) {
    this.setData({ picked: detail.text })
  },
  onFail({ detail }: { detail: { errMsg: string } }) {
    this.setData({ log: detail.errMsg })
  },
})
