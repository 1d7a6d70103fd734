using System.Text;

namespace MlOps.Data;

/// <summary>How a CSV file is to be read; what is left null is found out from the file's beginning, see <see cref="CsvFormat"/>.</summary>
public sealed record CsvOptions
{
    /// <summary>For <see cref="InferenceRows"/>: types are inferred from the whole file, which is then read once more.</summary>
    public const int AllRows = int.MaxValue;

    /// <summary>What stands between cells, an ASCII character but no letter or digit; null (default) chooses among comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What stands around cells that hold delimiters, line ends or itself, doubled; an ASCII character but no letter or digit; null (default) chooses between " and '.</summary>
    public char? Quote { get; init; }

    /// <summary>Whether the first line names the columns, which else are <c>column1</c>, <c>column2</c> and so on; null (default) finds out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>What stands before the decimals: a point or a comma; null (default) finds out.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>What stands between the thousands, such as <c>'.'</c> in 1.234,50; null (default) for numbers without it.</summary>
    public char? ThousandsSeparator { get; init; }

    /// <summary>The file's encoding; null (default) takes it from the byte order mark, else UTF-8 where that is valid, else Windows-1252.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Further forms of dates and times beside ISO 8601, as <see cref="DateTime.ParseExact(string, string, IFormatProvider)"/> takes them, such as <c>dd.MM.yyyy HH:mm</c>.</summary>
    public IReadOnlyList<string> TimeFormats { get; init; } = [];

    /// <summary>Cells that mean "no value" beside the empty one. Default: none.</summary>
    /// <remarks>An empty cell in quotes is an empty text in a column of text, and missing in every other.</remarks>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>The types of columns that are not to be inferred.</summary>
    public IReadOnlyDictionary<string, CellType> Types { get; init; } = new Dictionary<string, CellType>();

    /// <summary>From how many rows types are inferred. Default 1,000; <see cref="AllRows"/> for all, so that every later cell fits.</summary>
    public int InferenceRows { get; init; } = 1000;

    /// <summary>The bytes of the longest row that is read, in UTF-8; bounds the memory that a quote never closed can take. Default 16 MiB.</summary>
    public int MaxRowBytes { get; init; } = 16 * 1024 * 1024;
}
