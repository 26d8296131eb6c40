import { findTapTarget, isScreenDrawn, openFrame, phoneFrame, wasTapped } from './phone-target'

/** One thing to do, which somebody does who opens the console for the first time. */
export interface GuideStep {
  /** It follows what is on the screen. */
  text: () => string
  english: () => string
  /** What the step points to; undefined while it is not there. */
  target: () => Element | undefined
  /** Whether it has been done. A step that was done before it began waits for the button. */
  isDone: () => boolean
}

/** Only some projects say what is tapped first, or declare operations. */
const { guideTap, guideText, example } = document.body.dataset

const sectionLink = (id: string) => document.querySelector(`.header nav a[href="#${id}"]`) ?? undefined
const isShown = (id: string) => location.hash.slice(1).split('/')[0] === id

/** Somebody who is logged in already has no button for it: then any tap will do. Until a page is there, the button counts as shown. */
function isTapShown(): boolean {
  if (guideTap === undefined) return false
  return !isScreenDrawn() || findTapTarget(guideTap) !== undefined || wasTapped(guideTap)
}

/** The steps in the order of what one does. */
export const GUIDE_STEPS: readonly GuideStep[] = [
  {
    text: () => (isTapShown() ? (guideText ?? `在手机上点「${guideTap}」`) : '在手机上点一点这个小程序'),
    english: () => (isTapShown() ? `Tap ${guideTap} on the phone` : 'Tap the mini-program on the phone'),
    target: () => (guideTap === undefined ? undefined : findTapTarget(guideTap)) ?? phoneFrame(),
    isDone: () => wasTapped(isTapShown() ? guideTap : undefined),
  },
  {
    text: () => '打开手机下面的「测试面板」：换号码、断网、拨时钟',
    english: () => 'Tester panel: other numbers, no network, another time',
    target: () => openFrame()?.document.querySelector('.panel summary') ?? phoneFrame(),
    isDone: () => phoneFrame()?.dataset['panel'] === 'open',
  },
  {
    text: () => '看「云函数调用」：刚才的每次调用，带日志和耗时',
    english: () => 'Calls: each call with its logs and its time',
    target: () => sectionLink('calls'),
    isDone: () => isShown('calls'),
  },
  {
    text: () =>
      `看「数据库」：这些调用写下的文档${example === undefined ? '' : '。想先看用了几周的样子，到「设置」载入示例数据'}`,
    english: () => 'Database: the documents that the calls have written',
    target: () => sectionLink('database'),
    isDone: () => isShown('database'),
  },
]
