/**
 * Which options the phone's interfaces look at, for `wx.canIUse`. Values that an option is limited to stand behind it.
 */
export const PARAMETERS: Readonly<Record<string, string>> = {
  createIntersectionObserver: 'thresholds initialRatio observeAll',
  getFileInfo: 'filePath digestAlgorithm=sha1',
  getImageInfo: 'src',
  getStorage: 'key',
  hideLoading: '',
  navigateBack: 'delta',
  navigateTo: 'url events',
  pageScrollTo: 'scrollTop duration selector',
  reLaunch: 'url',
  redirectTo: 'url',
  removeStorage: 'key',
  setBackgroundColor: 'backgroundColor',
  setClipboardData: 'data',
  setNavigationBarColor: 'frontColor=#ffffff|#000000 backgroundColor',
  setNavigationBarTitle: 'title',
  setStorage: 'key data',
  showActionSheet: 'alertText itemList itemColor',
  showLoading: 'title mask',
  showModal:
    'title content showCancel cancelText cancelColor confirmText confirmColor editable placeholderText',
  showToast: 'title icon=success|error|loading|none image duration mask',
  switchTab: 'url',
  callFunction: 'name data',
  deleteFile: 'fileList',
  downloadFile: 'fileID',
  getTempFileURL: 'fileList',
  uploadFile: 'cloudPath filePath',
}

const SYSTEM =
  'SDKVersion version language theme fontSizeSetting enableDebug host model brand platform system abi ' +
  'benchmarkLevel memorySize pixelRatio screenWidth screenHeight windowWidth windowHeight statusBarHeight ' +
  'screenTop safeArea=left|right|top|bottom|width|height'

/** What they answer with, besides `errMsg`. */
export const RESULTS: Readonly<Record<string, string>> = {
  getExtConfig: 'extConfig',
  getFileInfo: 'size digest',
  getImageInfo: 'width height path type orientation',
  getNetworkType: 'networkType=wifi|none',
  getPrivacySetting: 'needAuthorization privacyContractName',
  getStorage: 'data',
  getStorageInfo: 'keys currentSize limitSize',
  getSystemInfo: SYSTEM,
  getSystemInfoAsync: SYSTEM,
  navigateTo: 'eventChannel',
  onNetworkStatusChange: 'isConnected networkType=wifi|none',
  showActionSheet: 'tapIndex',
  showModal: 'confirm cancel content',
  callFunction: 'result requestID',
  deleteFile: 'fileList',
  downloadFile: 'tempFilePath statusCode',
  getTempFileURL: 'fileList',
  uploadFile: 'fileID statusCode',
}
