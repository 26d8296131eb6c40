/** What modules of the mini-program that tests load ask of WeChat; without it, they are Chinese. */
declare const wx: { getAppBaseInfo?(): { language?: unknown }; getSystemInfoSync(): { language?: unknown } }
