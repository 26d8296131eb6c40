import { config } from '../../auth/config'
import { inLanguage } from '../../auth/core/language'
import { englishUserAgreement } from './english-user-agreement'
import type { LegalDocument } from './legal-document'

const { content } = config

const chineseUserAgreement: LegalDocument = {
  title: '用户协议',
  version: `版本 ${config.agreementVersion}`,
  sections: [
    {
      heading: '一、我们是谁',
      paragraphs: [
        `“${config.appName}”小程序由【运营者名称】（以下称“我们”）运营。联系方式：【联系方式】。`,
        '你在登录时点击“同意并登录”，即表示你已阅读并同意本协议和《隐私政策》。不同意也可以继续浏览首页，只是不能使用需要登录的功能。',
      ],
    },
    {
      heading: '二、我们提供什么',
      paragraphs: [...content.service],
    },
    {
      heading: '三、账号与登录',
      paragraphs: [
        '账号与你的微信账号一一对应，通常以你授权的手机号登录。一次登录的有效期为 30 天；过半后再次打开小程序时会为你续期，到期后再次打开时会自动重新登录，都不打扰你，除非你已退出登录。',
        '一个账号最多同时保留 10 个登录，超出时最早的登录会失效。你可以随时在“我的”中退出登录，在“我的—登录设备”中查看各个设备并让它们退出；退出后，除非你自己点击登录，我们不会让你自动登录。',
        `你换了微信号、手机号没有换时，可以在“我的—找回另一个账号”中申请：原来的账号同意后，其中的${content.name}、昵称和头像转到现在的账号，原来的账号随即关闭。没有那个账号的同意，我们只在核实两个账号都属于你之后才会转移。`,
        '请妥善保管你的微信账号。通过你的微信账号进行的操作，视为你本人的操作。',
      ],
    },
    {
      heading: '四、请不要这样做',
      paragraphs: [
        '请不要利用本小程序从事违法活动，不要提交违法、侵权或骚扰性的内容（昵称会由微信的内容安全服务检查），不要干扰服务运行，也不要尝试访问他人的账号与数据。',
        '如有上述行为，我们可以停用账号，你下次使用时会看到提示；如认为处理有误，你可以通过上述联系方式申诉。',
      ],
    },
    {
      heading: '五、变更、中断与责任',
      paragraphs: [
        '我们会尽力保证服务稳定，但维护、网络或微信平台的原因可能造成中断。因我们的过错给你造成损失的，我们依法承担责任；本协议不排除或限制法律规定你享有的权利。',
        '本协议有重要变更时，我们会更新版本号，并在你下次登录时再次征求你的同意。',
      ],
    },
    {
      heading: '六、注销与争议',
      paragraphs: [
        `你可以随时在“我的—注销账号”中注销账号。注销立即生效：全部登录失效，账号、${content.name}和头像将被删除且无法恢复；安全记录如何处理，见《隐私政策》第四部分。之后重新注册的是一个全新的账号。无法自行办理时，请联系【联系方式】。`,
        '本协议适用中华人民共和国法律。争议先协商解决；协商不成的，可向有管辖权的人民法院提起诉讼。',
      ],
    },
  ],
}

export const userAgreement = inLanguage(chineseUserAgreement, englishUserAgreement)
