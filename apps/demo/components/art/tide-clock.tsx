const HOURS = Array.from({ length: 12 }, (_, hour) => hour * 30);

/** A brass clock with one hand, between high and low water. */
export function TideClock() {
  return (
    <>
      <circle cx="160" cy="164" r="122" fill="#b27f27" />
      <path d="M160 42a122 122 0 0 0 0 244z" fill="#e3b457" />
      <circle cx="160" cy="164" r="102" fill="#8f6318" />
      <circle cx="160" cy="164" r="98" fill="#fdfbf4" />
      <path
        d="M63 176c16-10 32-10 48 0s33 10 49 0 33-10 49 0 32 10 48 0c-6 48-48 86-97 86s-91-38-97-86z"
        fill="#9cc7d8"
      />
      <path
        d="M72 206c15-9 29-9 44 0s29 9 44 0 29-9 44 0 29 9 44 0c-15 34-49 56-88 56s-73-22-88-56z"
        fill="#4f93b0"
      />
      <g stroke="#26323a" strokeWidth="4">
        {HOURS.map((angle) => (
          <path key={angle} d="M160 74v10" transform={`rotate(${angle} 160 164)`} />
        ))}
      </g>
      <g
        fill="#26323a"
        fontFamily="Georgia, serif"
        fontSize="15"
        fontStyle="italic"
        textAnchor="middle"
      >
        <text x="160" y="108">
          High water
        </text>
        <text x="160" y="240" fill="#0d2634">
          Low water
        </text>
      </g>
      <path d="M156 178l-4-10 76-58 4 6-66 62z" fill="#b3261b" />
      <circle cx="160" cy="166" r="10" fill="#26323a" />
      <circle cx="160" cy="166" r="4" fill="#e3b457" />
      <path d="M84 104a98 98 0 0 1 52-34" fill="none" stroke="#fff" strokeWidth="6" opacity=".8" />
    </>
  );
}
