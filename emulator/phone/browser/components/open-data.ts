import { h } from '../base/dom.ts'
import { WECHAT_NICKNAME } from '../device/wechat-profile.ts'
import { builtIn } from './host.ts'

/** What WeChat shows of its user since it gives no more open data: a grey picture and one name for everybody. */
const TEXTS: Readonly<Record<string, string>> = {
  userNickName: WECHAT_NICKNAME,
  groupName: '',
  userGender: '',
  userCity: '',
  userProvince: '',
  userCountry: '',
  userLanguage: 'zh_CN',
}

export const openData = builtIn({
  properties: {
    type: '',
    openGid: '',
    lang: 'en',
    defaultText: '',
    defaultAvatar: '',
    useEmptyValue: false,
  },
  update({ element, data }) {
    const isPicture = data.type === 'userAvatarUrl'
    element.classList.toggle('wx-avatar', isPicture)
    element.replaceChildren(
      isPicture
        ? h('i', { role: 'img', 'aria-label': '头像' })
        : (TEXTS[data.type] ?? '') || data.defaultText,
    )
  },
})
