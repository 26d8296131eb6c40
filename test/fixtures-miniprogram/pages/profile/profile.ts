/** Kept by the app, so that another page finds it. */
const kept = getApp<{ globalData: { avatar?: string } }>().globalData
const fileID = (): string => wx.getStorageSync('fileID')

Page({
  data: { log: '', avatar: kept.avatar ?? '' },
  onLoad() {
    wx.cloud.init({ env: 'local' })
    this.setData({ avatar: kept.avatar ?? '' })
  },
  say(value: unknown) {
    this.setData({ log: JSON.stringify(value) })
  },
  /** Paths of temporary files differ each time. */
  sayOf(result: object) {
    this.say(JSON.parse(JSON.stringify(result).replace(/http:\/\/tmp\/[\w-]+/g, 'tmp')))
  },
  onAvatar({ detail }: { detail: { avatarUrl: string } }) {
    kept.avatar = detail.avatarUrl
    this.setData({ avatar: detail.avatarUrl })
  },
  onReview({ detail }: { detail: object }) {
    this.say(detail)
  },
  onSubmit({ detail }: { detail: { value: object } }) {
    this.say(detail.value)
  },
  onImageError({ detail }: { detail: { errMsg: string } }) {
    this.say(detail.errMsg.slice(0, 21))
  },
  async put(cloudPath: string) {
    try {
      const { fileID, errMsg } = await wx.cloud.uploadFile({ cloudPath, filePath: kept.avatar ?? '' })
      wx.setStorageSync('fileID', fileID)
      this.say({ fileID: fileID.split('/').slice(3).join('/'), errMsg })
    } catch (error) {
      this.say(error)
    }
  },
  onUpload() {
    return this.put('avatars/me.png')
  },
  onTake() {
    return this.put('avatars/theirs.png')
  },
  onUploadWithTask() {
    const steps: number[] = []
    const task = wx.cloud.uploadFile({
      cloudPath: 'avatars/task.png',
      filePath: kept.avatar ?? '',
      success: ({ errMsg }) => this.say({ last: steps.at(-1), errMsg }),
    })
    task.onProgressUpdate(({ progress }) => steps.push(progress))
  },
  onAbort() {
    const fail = (error: object) => this.say(error)
    wx.cloud.uploadFile({ cloudPath: 'avatars/never.png', filePath: kept.avatar ?? '', fail }).abort()
  },
  onShowFile() {
    this.setData({ avatar: fileID() })
  },
  async onUrl() {
    const { fileList } = await wx.cloud.getTempFileURL({ fileList: [fileID()] })
    this.setData({ avatar: fileList[0]?.tempFileURL ?? '', log: JSON.stringify(fileList[0]?.errMsg) })
  },
  onDownload() {
    wx.cloud.downloadFile({
      fileID: fileID(),
      success: (result) => {
        this.setData({ avatar: result.tempFilePath })
        this.sayOf(result)
      },
      fail: (error) => this.say(error),
    })
  },
  async onInfo() {
    const filePath = kept.avatar ?? ''
    const files = wx.getFileSystemManager()
    const { width, height, type } = await wx.getImageInfo({ src: filePath })
    const read = await new Promise<string>((resolve) => {
      files.readFile({ filePath, encoding: 'base64', success: ({ data }) => resolve(String(data)) })
    })
    files.getFileInfo({
      filePath,
      success: ({ size }) => this.say({ width, height, type, size, bytes: read.slice(0, 8) }),
    })
  },
  async onDelete() {
    const { fileList } = await wx.cloud.deleteFile({ fileList: [fileID()] })
    this.say(fileList.map(({ status, errMsg }) => ({ status, errMsg })))
  },
  onMissingFile() {
    const fail = (error: object) => this.say(error)
    wx.cloud.uploadFile({ cloudPath: 'avatars/me.png', filePath: 'http://tmp/nothing.png', fail })
  },
  onAnother() {
    wx.navigateTo({ url: '/pages/profile/profile' })
  },
})
