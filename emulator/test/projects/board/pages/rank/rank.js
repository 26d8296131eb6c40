const db = wx.cloud.database()
const $ = db.command.aggregate

Page({
  data: { authors: [] },

  onLoad() {
    db.collection('messages')
      .aggregate()
      .match({ board: 'main' })
      .group({ _id: '$author', count: $.sum(1), likes: $.sum('$likes') })
      .sort({ likes: -1 })
      .limit(5)
      .end()
      .then(({ list }) => this.setData({ authors: list }))
  }
})
