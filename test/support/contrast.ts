import type { Page } from 'playwright-core'

/**
 * Words on the page whose contrast with what is behind them is below WCAG 2.2 AA (4.5, or 3 where large).
 * Text over gradients and in disabled or busy controls is left out, as WCAG and computation allow no more.
 */
export const poorContrasts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Color = [number, number, number, number]
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const parse = (css: string): Color => {
      if (!canvas) return [0, 0, 0, 0]
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
      return [r, g, b, a / 255]
    }
    const over = (top: Color, under: Color): Color => {
      const mix = (index: 0 | 1 | 2) => top[index] * top[3] + under[index] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const behind = (element: Element | null): Color | undefined => {
      if (element === null) return parse(getComputedStyle(document.body).backgroundColor)
      const style = getComputedStyle(element)
      if (style.backgroundImage.includes('gradient')) return undefined
      const color = parse(style.backgroundColor)
      if (color[3] === 1) return color
      const under = behind(element.parentElement)
      return under && over(color, under)
    }
    const luminance = ([r, g, b]: Color) => {
      const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
        const part = value / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const opacity = (element: Element | null): number =>
      element === null ? 1 : Number(getComputedStyle(element).opacity) * opacity(element.parentElement)

    const poor: string[] = []
    for (const element of document.querySelectorAll('#page *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
      if (!own || element.closest('.unseen, :disabled, .tile-leaving, .skips') || !element.checkVisibility())
        continue
      const style = getComputedStyle(element)
      const ground = behind(element)
      if (!ground || style.visibility === 'hidden') continue
      const [r, g, b, a] = parse(style.color)
      const ink = over([r, g, b, a * opacity(element)], ground)
      const [light, dark] = [luminance(ink), luminance(ground)].sort((x, y) => y - x)
      const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (large ? 3 : 4.5))
        poor.push(
          `${ratio.toFixed(2)} ${element.className || element.tagName}: ${element.textContent?.slice(0, 30)}`,
        )
    }
    return [...new Set(poor)]
  })
