namespace MlOps.Data.Sources.Text;

/// <summary>The narrowest type that every cell seen so far fits; text when none was seen.</summary>
internal sealed class CellTypeInference
{
    // From the narrowest; text takes all.
    private static readonly CellType[] Order = [CellType.Integer, CellType.Number, CellType.Boolean, CellType.Date, CellType.Time];
    private readonly CellRules _rules;
    private readonly bool[] _ruledOut = new bool[Order.Length];
    private string? _reason;
    private long _missing;

    public CellTypeInference(CellRules rules)
    {
        _rules = rules;
    }

    /// <summary>How many cells had a value.</summary>
    public long Seen { get; private set; }

    public CellType Type => Seen == 0 ? CellType.Text : Next();

    /// <summary>Why, without a full stop.</summary>
    public string Reason => Seen == 0
        ? $"no value in the {_missing} rows looked at"
        : $"{Seen} values{(_missing == 0 ? "" : $", {_missing} missing")}{_reason}";

    public void SeeMissing() => _missing++;

    /// <summary>Looks at a cell; spaces alone say nothing.</summary>
    /// <param name="cell">Its text, of at least one character.</param>
    /// <param name="row">Its row, from 0.</param>
    public void See(ReadOnlySpan<byte> cell, long row)
    {
        var trimmed = CellText.Trim(cell);
        if (trimmed.IsEmpty)
        {
            _missing++;
            return;
        }

        var before = Seen == 0 ? CellType.Integer : Next();
        Seen++;
        if (Seen > 1 && before == CellType.Text)
        {
            return;
        }

        for (var i = 0; i < Order.Length; i++)
        {
            _ruledOut[i] = _ruledOut[i] || !Fits(Order[i], trimmed);
        }

        if (Next() is var type && (type != before || Seen == 1))
        {
            _reason = type is CellType.Integer || (Seen == 1 && type != CellType.Text) ? null : $"; '{TextFault.Shortened(cell)}' in row {row + 1} is not {CellText.Describe(before)}";
        }
    }

    private CellType Next()
    {
        var free = System.Array.IndexOf(_ruledOut, false);
        return free < 0 ? CellType.Text : Order[free];
    }

    private bool Fits(CellType type, ReadOnlySpan<byte> cell)
    {
        // A number with a leading zero is a code (a ZIP code, a flight number): as a number it would lose the zero.
        var digits = cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        var isCode = digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9';
        return type switch
        {
            CellType.Integer => !isCode && CellText.TryInteger(cell, _rules.Thousands, out _),
            CellType.Number => !isCode && CellText.TryNumber(cell, _rules.Decimal, _rules.Thousands, out _),
            CellType.Boolean => CellText.TryBoolean(cell, out _),
            CellType.Date => CellText.TryDate(cell, _rules.TimeFormats, out _),
            _ => CellText.TryTime(cell, _rules.TimeFormats, out _),
        };
    }
}
