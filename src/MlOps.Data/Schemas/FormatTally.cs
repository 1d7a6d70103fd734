using Apache.Arrow;
using MlOps.Data.Checks.Formats;
using MlOps.Data.Columns;

namespace MlOps.Data.Schemas;

/// <summary>Counts, for columns of texts, how many have each form; a form that most of a column's texts lack is given up.</summary>
internal sealed class FormatTally
{
    /// <summary>The most special form first. What nearly every text can be, such as hexadecimal or JSON, says too little.</summary>
    private static readonly TextFormat[] Formats =
    [
        TextFormat.Uuid, TextFormat.Email, TextFormat.Url, TextFormat.Iban, TextFormat.SocialSecurityNumber, TextFormat.CreditCard, TextFormat.IPv4,
        TextFormat.IPv6, TextFormat.Date, TextFormat.DateTime, TextFormat.SemanticVersion, TextFormat.PhoneE164, TextFormat.Integer, TextFormat.Number,
    ];

    private static readonly Func<string, bool>[] Tests = [.. Formats.Select(TextFormats.Test)];

    private const int LeastForFormat = 20;
    private const int Trial = 100;
    private const double LeastShare = 0.95;
    private readonly string[] _columns;
    private readonly long[] _seen;

    // −1 where a form is given up.
    private readonly long[,] _matches;

    private FormatTally(string[] columns)
    {
        _columns = columns;
        _seen = new long[columns.Length];
        _matches = new long[columns.Length, Formats.Length];
    }

    public static FormatTally Start(IReadOnlyList<Field> fields) =>
        new([.. fields.Where(field => ColumnReader.KindOf(field.DataType) == ColumnKind.Text).Select(field => field.Name)]);

    public static FormatTally Merge(FormatTally left, FormatTally right)
    {
        var merged = new FormatTally(left._columns);
        for (var column = 0; column < left._columns.Length; column++)
        {
            merged._seen[column] = left._seen[column] + right._seen[column];
            for (var format = 0; format < Formats.Length; format++)
            {
                var (own, other) = (left._matches[column, format], right._matches[column, format]);
                merged._matches[column, format] = own < 0 || other < 0 ? -1 : own + other;
            }
        }

        return merged;
    }

    public void Add(RecordBatch batch)
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            var texts = (StringArray)batch.Column(batch.Schema.GetFieldIndex(_columns[column], StringComparer.Ordinal));
            var (isAlive, next) = (true, 0);
            while (isAlive && next < texts.Length)
            {
                isAlive = Add(column, texts, ref next);
            }
        }
    }

    /// <summary>The form that all texts of a column have, or nearly all.</summary>
    public ConstraintFit? Fit(string column)
    {
        var i = System.Array.IndexOf(_columns, column);
        if (i < 0 || _seen[i] < LeastForFormat)
        {
            return null;
        }

        for (var format = 0; format < Formats.Length; format++)
        {
            if (_matches[i, format] >= LeastShare * _seen[i])
            {
                return Fit(Formats[format], 1 - ((double)_matches[i, format] / _seen[i]));
            }
        }

        return null;
    }

    /// <summary>Whether at least this share of the texts of a column has a form.</summary>
    public bool Holds(string column, string format, double mostly)
    {
        var i = System.Array.IndexOf(_columns, column);
        var matches = _matches[i, System.Array.IndexOf(Formats, FormatNames.Find(format)!.Value)];
        return _seen[i] == 0 || (matches >= 0 && matches >= mostly * _seen[i]);
    }

    private static ConstraintFit Fit(TextFormat format, double wrong)
    {
        var mostly = wrong == 0 ? 1 : ConstraintFits.ShareWithRoom(wrong);
        var words = FormatWords.Of(format.ToString());
        return new ConstraintFit(
            "format",
            mostly == 1 ? words : $"{words} in {ConstraintFits.Share(mostly)} of the rows",
            wrong == 0 ? $"Every text is {words}." : $"{ConstraintFits.Share(1 - wrong)} of the texts are {words}.",
            0.85,
            column => column,
            checks => _ = mostly == 1 ? checks.HasFormat(format) : checks.HasFormat(format).Mostly(mostly),
            _ => true)
        {
            Format = FormatNames.NameOf(format),
            Mostly = mostly,
        };
    }

    /// <summary>Adds some texts; false when all forms are given up.</summary>
    private bool Add(int column, StringArray texts, ref int next)
    {
        var end = Math.Min(texts.Length, next + Trial);
        string[] values = [.. Enumerable.Range(next, end - next).Where(row => !texts.IsNull(row)).Select(row => texts.GetString(row))];
        next = end;
        _seen[column] += values.Length;
        var isAlive = false;
        for (var format = 0; format < Formats.Length; format++)
        {
            if (_matches[column, format] < 0)
            {
                continue;
            }

            _matches[column, format] += values.Count(Tests[format]);
            if (_matches[column, format] < LeastShare * _seen[column] && _seen[column] - _matches[column, format] > Trial)
            {
                _matches[column, format] = -1;
            }

            isAlive |= _matches[column, format] >= 0;
        }

        return isAlive;
    }
}
