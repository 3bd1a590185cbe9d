import styles from './chart.module.css';

const SOUNDINGS = [
  [96, 402, '19'],
  [214, 92, '34'],
  [330, 452, '12'],
  [470, 48, '41'],
  [560, 480, '8'],
  [610, 62, '27'],
  [640, 252, '15'],
  [748, 76, '22'],
  [790, 470, '6'],
  [842, 214, '9'],
  [905, 380, '3'],
  [880, 52, '11'],
  [60, 250, '47'],
] as const;

const POINTS = Array.from({ length: 36 }, (_, point) => point * 10);

/** The waters the shop looks out on. Decoration. */
export function HeroChart() {
  return (
    <svg
      className={styles.chart}
      viewBox="0 0 1200 520"
      preserveAspectRatio="xMaxYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <path
        className={styles.shallows}
        d="M1300-40H760c-30 60 40 90 20 150s-110 60-120 130 60 70 50 130-90 80-70 190h660z"
      />
      <path
        className={styles.shoal}
        d="M1300-40H850c-20 60 40 100 24 150s-96 56-100 116 66 70 60 120-70 90-54 214h520z"
      />
      <path
        className={styles.land}
        d="M1300-40H968c-24 40 12 70 4 104s-58 30-64 66 40 36 30 66-54 22-62 52 44 34 64 52 6 52-14 68-66 26-72 70 26 60 18 122h428z"
      />
      <path className={styles.hill} d="M1300 60c-90-10-170 30-196 96s40 100 110 104 86-30 86-30z" />
      <path className={styles.hill} d="M1300 110c-60-10-110 20-124 60s30 54 74 54 50-16 50-16z" />
      <g className={styles.soundings}>
        {SOUNDINGS.map(([x, y, fathoms]) => (
          <text key={fathoms + x} x={x} y={y}>
            {fathoms}
          </text>
        ))}
      </g>
      <text className={styles.water} x="612" y="172" transform="rotate(-9 612 172)">
        Lookout Sound
      </text>
      <text className={styles.place} x="1010" y="352">
        Harbour Office
      </text>
      <g className={styles.magenta}>
        <path d="M-20 486C180 430 300 300 470 296s260 40 366-14" strokeDasharray="10 7" />
        <path className={styles.flare} d="M884 268l-60 26a9 9 0 0 0 8 16z" />
        <g transform="translate(716 404) scale(.9)" className={styles.rose}>
          <circle r="112" />
          <circle r="84" />
          {POINTS.map((angle) => (
            <path
              key={angle}
              d={angle % 90 === 0 ? 'M0-112V-70' : angle % 30 === 0 ? 'M0-112v18' : 'M0-112v10'}
              transform={`rotate(${angle})`}
            />
          ))}
          <path className={styles.needle} d="M0-70L7 0 0 70-7 0z" />
          <path className={styles.needle} d="M-70 0L0-7 70 0 0 7z" />
        </g>
      </g>
      <g className={styles.ink}>
        <path d="M884 256l3.5 8.5 9 .8-6.8 6 2 9-7.7-4.7-7.7 4.7 2-9-6.8-6 9-.8z" />
        <path d="M998 366h10v8h-10zM1012 362h8v12h-8zM1024 368h12v6h-12z" />
      </g>
    </svg>
  );
}
