using System.Text;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>Finds out from a file's first bytes how it is written.</summary>
internal sealed class CsvDetection
{
    private const int SampleRows = 500;
    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];
    private readonly string _where;
    private readonly CsvOptions _options;
    private readonly List<string> _reasons = [];

    public CsvDetection(string where, CsvOptions options)
    {
        (_where, _options) = (where, options);
    }

    /// <summary>Decides.</summary>
    /// <param name="raw">The file's first bytes.</param>
    /// <param name="isWhole">Whether it ends with them.</param>
    public CsvLayout Detect(ReadOnlySpan<byte> raw, bool isWhole)
    {
        var encoding = TextEncoding.Detect(raw, isWhole, _options.Encoding);
        _reasons.Add(encoding.Reason);
        ReadOnlyMemory<byte> memory = encoding.ToUtf8(raw);
        var sample = memory.Span;

        // Spreadsheets say the delimiter in a line of its own.
        var (start, delimiter) = (0, (byte?)_options.Delimiter);
        if (sample.StartsWith("sep="u8) && sample.Length > 5 && sample[5] is (byte)'\r' or (byte)'\n' && CsvDialect.IsStructure((char)sample[4]) && sample[4] != (_options.Quote ?? '"'))
        {
            delimiter ??= sample[4];
            start = sample[5] == '\r' && sample.Length > 6 && sample[6] == '\n' ? 7 : 6;
        }

        var candidates = new List<Candidate>();
        var quote = (byte)(_options.Quote ?? '"');
        foreach (var separator in delimiter is { } known ? [known] : Delimiters.Where(each => each != quote))
        {
            candidates.Add(Try(memory, start, separator, quote, isWhole));
        }

        var best = candidates.MaxBy(candidate => candidate.Score)!;
        if (_options.Quote is null && best.Quoted == 0 && best.Dialect.Delimiter != '\'')
        {
            var single = Try(memory, start, best.Dialect.Delimiter, (byte)'\'', isWhole);
            best = single.Quoted > 0 && !single.Broken && single.Score >= best.Score ? single : best;
        }

        var name = best.Dialect.Delimiter == '\t' ? "tab" : $"'{(char)best.Dialect.Delimiter}'";
        _reasons.Add(_options.Delimiter is not null ? $"Delimiter {name}: as given."
            : start > 0 ? $"Delimiter {name}: from the first line."
            : best.Width < 2 ? $"Delimiter {name}: taken for lack of another; no comma, semicolon, tab or bar splits the rows evenly."
            : $"Delimiter {name}: splits {best.Even} of the first {best.Rows} rows into {best.Width} cells.");
        _reasons.Add($"Quote {(char)best.Dialect.Quote}: {(_options.Quote is not null ? "as given" : best.Quoted == 0 ? "usual, no cell is quoted" : $"around {best.Quoted} of the cells looked at")}.");
        return Layout(memory, start, encoding, best.Dialect, isWhole);
    }

    private static Candidate Try(ReadOnlyMemory<byte> sample, int start, byte delimiter, byte quote, bool isWhole)
    {
        var dialect = new CsvDialect(delimiter, quote, (byte)'.', 0);
        using var table = Read(sample, start, dialect, isWhole);
        var widths = table.Widths;
        if (widths.Count == 0)
        {
            return new(dialect, 0, 0, 0, 0, table.Fault is not null, 0);
        }

        // A row with a delimiter at its end has one cell more.
        var width = widths.GroupBy(each => each).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
        var even = widths.Count(each => each == width);
        var quoted = 0;
        for (var i = 0; i < table.Cells.Length; i++)
        {
            quoted += table.IsQuoted(i) ? 1 : 0;
        }

        var share = (even + (widths[0] == width ? 0.5 : 0)) / (widths.Count + 0.5);
        var score = width < 2 ? 0 : (share * (table.Fault is null ? 1 : 0.5)) + (Math.Min(width, 1000) * 1e-6);
        return new(dialect, width, even, widths.Count, quoted, table.Fault is not null, score);
    }

    // Of a file that goes on, the last row may be cut.
    private static CsvTable Read(ReadOnlyMemory<byte> sample, int start, CsvDialect dialect, bool isWhole)
    {
        var end = isWhole ? sample.Length : dialect.RowsEnd(sample.Span[start..]) + start;
        return CsvTable.Read(end > start ? sample[..end] : sample, start, dialect, 0, maxRows: SampleRows);
    }

    private CsvLayout Layout(ReadOnlyMemory<byte> sample, int start, TextEncoding encoding, CsvDialect dialect, bool isWhole)
    {
        using var table = Read(sample, start, dialect, isWhole);
        if (table.Rows == 0)
        {
            throw table.Fault is { } fault
                ? fault.ToException(_where, new TextChunk(sample.ToArray(), 0, sample.Length, encoding.MarkLength, 1), 0)
                : new MlOpsException(ErrorCodes.FileCorrupt, $"'{_where}' has no line: a CSV file has at least one that names its columns.");
        }

        if (!isWhole && dialect.RowsEnd(sample.Span[start..]) == 0)
        {
            throw new MlOpsException(ErrorCodes.FileCorrupt, $"'{_where}': the first line does not end within {sample.Length} bytes, so it names no columns. Check that this is a CSV file, or give Quote if a quote is opened there and never closed.");
        }

        var widths = table.Widths;
        var width = widths[0];
        var point = Point(table, dialect, out var thousands);
        dialect = dialect with { Decimal = point, Thousands = thousands };
        var rules = new CellRules(point, thousands, _options.TimeFormats, _options.MissingValues);
        var hasHeader = HasHeader(table, width, rules);
        List<string> names = [];
        for (var i = 0; i < width; i++)
        {
            var name = hasHeader ? Encoding.UTF8.GetString(table.Text(i)).Trim() : "";
            names.Add(name.Length == 0 ? $"column{i + 1}" : name);
        }

        // A delimiter at the end of every line makes no column.
        if (width > 1 && table.Cells[width - 1].IsNothing && EveryLastIsEmpty(table, widths, width))
        {
            names.RemoveAt(--width);
            _reasons.Add("A delimiter stands at the end of every line, which makes no column.");
        }

        var repeated = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null)
        {
            throw new MlOpsException(ErrorCodes.FileCorrupt, $"'{_where}' has two columns named '{repeated.Key}': rename one in the first line, or read with HasHeader false if that line is a row.");
        }

        return new CsvLayout(encoding, dialect, hasHeader ? table.FirstRowEnd : start, hasHeader, names, rules, _reasons);
    }

    private static bool EveryLastIsEmpty(CsvTable table, List<int> widths, int width)
    {
        var at = 0;
        foreach (var each in widths)
        {
            at += each;
            if (each > width || (each == width && !table.Cells[at - 1].IsNothing))
            {
                return false;
            }
        }

        return true;
    }

    private byte Point(CsvTable table, CsvDialect dialect, out byte thousands)
    {
        thousands = (byte)(_options.ThousandsSeparator ?? '\0');
        if (_options.DecimalSeparator is { } given)
        {
            _reasons.Add($"Decimals after '{given}': as given.");
            return (byte)given;
        }

        var (commas, points) = (0, 0);
        for (var i = 0; i < table.Cells.Length; i++)
        {
            var text = CellText.Trim(table.Text(i));
            if (text.IndexOfAny((byte)',', (byte)'.') < 0)
            {
                continue;
            }

            commas += text.Contains((byte)',') && CellText.TryNumber(text, (byte)',', thousands, out _) ? 1 : 0;
            points += text.Contains((byte)'.') && CellText.TryNumber(text, (byte)'.', thousands, out _) ? 1 : 0;
        }

        // Between commas, a quoted 1,234 is more likely a thousand than a decimal.
        var comma = commas > 0 && points == 0 && (dialect.Delimiter != ',' || thousands == '.');
        _reasons.Add(comma
            ? $"Decimals after a comma: {commas} of the cells looked at are numbers with one, none is a number with a point."
            : commas + points == 0 ? "Decimals after a point: usual, no cell looked at has decimals." : $"Decimals after a point: {points} of the cells looked at are numbers with one.");
        return comma ? (byte)',' : (byte)'.';
    }

    /// <summary>A first row that fits the types of the rows below, where these are not all text, is a row.</summary>
    private bool HasHeader(CsvTable table, int width, CellRules rules)
    {
        if (_options.HasHeader is { } given)
        {
            _reasons.Add($"{(given ? "The first line names the columns" : "No line names the columns")}: as given.");
            return given;
        }

        var below = Enumerable.Range(0, width).Select(_ => new CellTypeInference(rules)).ToArray();
        var begin = width;
        for (var row = 1; row < table.Rows; begin += table.Widths[row++])
        {
            for (var i = 0; i < Math.Min(width, table.Widths[row]); i++)
            {
                var cell = table.Text(begin + i);
                if (!CellText.Trim(cell).IsEmpty && !rules.IsMissing(cell))
                {
                    below[i].See(cell, row);
                }
            }
        }

        var typed = 0;
        for (var i = 0; i < width; i++)
        {
            var cell = table.Text(i);
            var type = new CellTypeInference(rules);
            if (!CellText.Trim(cell).IsEmpty && !rules.IsMissing(cell))
            {
                type.See(cell, 0);
            }

            if (below[i].Seen > 0 && below[i].Type != CellType.Text && (type.Seen == 0 || type.Type == CellType.Text))
            {
                var name = type.Seen == 0 ? "an empty cell" : $"'{TextFault.Shortened(cell)}'";
                _reasons.Add($"The first line names the columns: {name} stands there over {CellText.Describe(below[i].Type)}.");
                return true;
            }

            typed += type.Seen > 0 && type.Type != CellType.Text && (below[i].Seen == 0 || below[i].Type != CellType.Text) ? 1 : 0;
        }

        _reasons.Add(typed > 0
            ? $"No line names the columns: the first one has values of the same types as those below ({typed} columns); give HasHeader if it does."
            : "The first line names the columns: taken so, all cells are text.");
        return typed == 0;
    }

    private sealed record Candidate(CsvDialect Dialect, int Width, int Even, int Rows, int Quoted, bool Broken, double Score);
}
