import { showActionSheet } from '../device/dialogs.ts'
import { type FormField, showFormSheet } from '../device/form-sheet.ts'
import { showVerdictSheet } from '../device/verdict-sheet.ts'
import { openOtherMiniProgram } from '../services/other-mini-program.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

/** Pages of WeChat on which the user picks or confirms something. The tester types what the phone does not have. */
export function wechatPageApis({ device, privacy, appName, permissions }: WxContext): WxApis {
  const { overlay } = device
  const typed = (api: string, title: string, fields: readonly FormField[]) =>
    asynchronous(api, async () => {
      if (api !== 'scanCode') await privacy.requireConsent(api)
      const text = '真机上由用户在微信里选；这台手机没有这些资料，请填写。'
      const values = await showFormSheet(overlay, { title, text, fields })
      if (!values) throw new Error('cancel')
      return values
    })
  const confirmed = async (title: string, text: string, allow = '确定') => {
    const verdict = await showVerdictSheet(overlay, { appName, title, text, deny: '取消', allow })
    if (verdict === 'deny') throw new Error('cancel')
  }
  return {
    chooseAddress: typed('chooseAddress', '选择收货地址', [
      { name: 'userName', label: '收货人', value: '张三' },
      { name: 'telNumber', label: '电话', value: '13800138000' },
      { name: 'provinceName', label: '省', value: '广东省' },
      { name: 'cityName', label: '市', value: '广州市' },
      { name: 'countyName', label: '区', value: '海珠区' },
      { name: 'detailInfo', label: '详细地址', value: '新港中路397号' },
      { name: 'postalCode', label: '邮编', value: '510000' },
      { name: 'nationalCode', label: '国家码', value: '440105' },
    ]),
    chooseInvoiceTitle: typed('chooseInvoiceTitle', '选择发票抬头', [
      { name: 'type', label: '类型', value: '0' },
      { name: 'title', label: '抬头', value: '某某公司' },
      { name: 'taxNumber', label: '税号', value: '91440000000000000X' },
      { name: 'companyAddress', label: '地址' },
      { name: 'telephone', label: '电话' },
      { name: 'bankName', label: '开户行' },
      { name: 'bankAccount', label: '账号' },
    ]),
    chooseLicensePlate: typed('chooseLicensePlate', '选择车牌号', [
      { name: 'plateNumber', label: '车牌', value: '粤A12345' },
    ]),
    chooseContact: typed('chooseContact', '选择联系人', [
      { name: 'displayName', label: '姓名', value: '张三' },
      { name: 'phoneNumber', label: '电话', value: '13800138000' },
    ]),
    scanCode: asynchronous('scanCode', async () => {
      const values = await showFormSheet(overlay, {
        title: '扫码',
        text: '这台手机没有摄像头：请填写码里的内容。',
        fields: [{ name: 'result', label: '内容' }],
      })
      if (!values) throw new Error('cancel')
      const rawData = btoa(unescape(encodeURIComponent(values['result'] ?? '')))
      return { result: values['result'], scanType: 'QR_CODE', charSet: 'UTF-8', path: '', rawData }
    }),
    makePhoneCall: asynchronous('makePhoneCall', async (options) => {
      const number = options.text('phoneNumber')
      if (number === '') throw new Error('parameter error: parameter.phoneNumber should be non-empty String')
      const tapped = await showActionSheet(overlay, {
        items: [`呼叫 ${number}`],
        title: '',
      })
      if (tapped < 0) throw new Error('cancel')
    }),
    sendSms: asynchronous('sendSms', (options) =>
      confirmed('发送短信', `${options.text('phoneNumber')} ${options.text('content')}`, '发送'),
    ),
    addPhoneContact: asynchronous('addPhoneContact', async (options) => {
      await privacy.requireConsent('addPhoneContact')
      await permissions.require('scope.addPhoneContact')
      await confirmed('创建新联系人', `${options.text('firstName')} ${options.text('mobilePhoneNumber')}`)
    }),
    addPhoneCalendar: asynchronous('addPhoneCalendar', (options) =>
      addToCalendar(options, 'addPhoneCalendar'),
    ),
    addPhoneRepeatCalendar: asynchronous('addPhoneRepeatCalendar', (options) =>
      addToCalendar(options, 'addPhoneRepeatCalendar'),
    ),
    openCustomerServiceChat: asynchronous('openCustomerServiceChat', () =>
      confirmed('客服会话', '真机上会打开微信客服；这台手机没有会话。', '返回小程序'),
    ),
    navigateToMiniProgram: asynchronous('navigateToMiniProgram', (options) =>
      openOther(options, '即将打开另一个小程序'),
    ),
    openEmbeddedMiniProgram: asynchronous('openEmbeddedMiniProgram', (options) =>
      openOther(options, '打开半屏小程序'),
    ),
    navigateBackMiniProgram: asynchronous('navigateBackMiniProgram', () => {
      throw new Error('no mini-program has opened this one')
    }),
    exitMiniProgram: asynchronous('exitMiniProgram', () => device.leave()),
    requestPayment: asynchronous('requestPayment', (options) => pay(options)),
  }

  function openOther(options: Options, title: string): Promise<void> {
    const target = options.text('appId') || options.text('shortLink')
    return openOtherMiniProgram({ device, appName }, { title, target, path: options.text('path') })
  }

  async function addToCalendar(options: Options, api: string): Promise<void> {
    await privacy.requireConsent(api)
    await permissions.require('scope.addPhoneCalendar')
    await confirmed('添加日程', options.text('title'))
  }

  /** WeChat's sheet of a payment. Nobody pays: the tester chooses how it ends. */
  async function pay(options: Options): Promise<void> {
    for (const name of ['timeStamp', 'nonceStr', 'package', 'paySign']) {
      if (options.text(name) !== '') continue
      throw new Error(`parameter error: parameter.${name} should be String instead of Undefined`)
    }
    const answers = ['支付成功', '支付失败']
    const title = `微信支付（不是真的付款）：${options.text('package')}`
    const tapped = await showActionSheet(overlay, { items: answers, title })
    if (tapped < 0) throw new Error('cancel')
    if (tapped === 1) throw new Error('payment failed, chosen by the tester')
  }
}
