import { showVerdictSheet } from '../device/verdict-sheet.ts'
import type { Services } from './services.ts'

/** The chat with customer service. This phone has no chats, so it says what would be there. */
export async function showContact(
  { device, appName }: Services,
  message: { title: string; path: string },
): Promise<void> {
  const card = message.title || message.path ? `带有卡片「${message.title}」${message.path}。` : ''
  await showVerdictSheet(device.overlay, {
    appName,
    title: '客服会话',
    text: `真机上在这里和客服聊天。${card}这台手机没有会话。`,
    deny: '返回',
    allow: '返回小程序',
  })
}

/** WeChat's page for complaints and feedback. */
export async function showFeedback({ device, appName }: Services): Promise<void> {
  await showVerdictSheet(device.overlay, {
    appName,
    title: '反馈与投诉',
    text: '真机上由微信收集反馈。这台手机不发送任何内容。',
    deny: '返回',
    allow: '返回小程序',
  })
}
