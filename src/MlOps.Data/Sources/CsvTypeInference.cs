using Apache.Arrow.Types;

namespace MlOps.Data.Sources;

/// <summary>The narrowest type that every cell seen so far fits; text when none was seen.</summary>
internal sealed class CsvTypeInference
{
    private bool _seen;
    private bool _integer = true;
    private bool _number = true;
    private bool _boolean = true;
    private bool _time = true;

    public IArrowType Type => CsvTypes.ArrowType(!_seen ? CsvColumnType.Text
        : _integer ? CsvColumnType.Integer
        : _number ? CsvColumnType.Number
        : _boolean ? CsvColumnType.Boolean
        : _time ? CsvColumnType.Time
        : CsvColumnType.Text);

    public void See(ReadOnlySpan<char> cell)
    {
        _seen = true;

        // A number with a leading zero is a code (a ZIP code, a flight number): as a number it would lose the zero.
        var digits = cell[0] is '-' or '+' ? cell[1..] : cell;
        var isCode = digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
        _integer = _integer && !isCode && CsvTypes.TryInteger(cell, out _);
        _number = _number && !isCode && CsvTypes.TryNumber(cell, out _);
        _boolean = _boolean && CsvTypes.TryBoolean(cell, out _);
        _time = _time && CsvTypes.TryTime(cell, out _);
    }
}
