namespace MlOps.Tracking;

/// <summary>One key by which found runs are sorted.</summary>
/// <remarks>Runs that lack it come last in either direction; of metrics, NaN comes just before them.</remarks>
public sealed record RunOrder
{
    /// <summary>How many keys an order may have.</summary>
    public const int MaximumKeys = 16;

    private static readonly RunOrder[] _newestFirst = [new(RunField.StartTime, descending: true), new(RunField.RunId, descending: true)];

    /// <summary>Sorts by a field.</summary>
    /// <exception cref="ArgumentException">A run has one value of it at the most, which data sets have not.</exception>
    public RunOrder(RunField field, bool descending = false)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (field.Kind == RunFieldKind.Dataset)
        {
            throw new ArgumentException("Runs are not sorted by data sets: a run may have several.", nameof(field));
        }

        Field = field;
        Descending = descending;
    }

    /// <summary>What to sort by.</summary>
    public RunField Field { get; }

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; }

    /// <summary>Reads keys separated by commas, such as <c>metrics.auc DESC, start_time</c>; none in an empty text.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public static IReadOnlyList<RunOrder> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > RunFilter.MaximumLength)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidFilter, $"The order has {text.Length} characters; at most {RunFilter.MaximumLength} are read.");
        }

        var scanner = new RunFilterScanner(text, "order");
        var keys = new List<RunOrder>();
        if (scanner.AtEnd())
        {
            return keys;
        }

        do
        {
            scanner.AtEnd();
            var start = scanner.Position;
            var field = RunFieldParser.Read(scanner);
            if (field.Kind == RunFieldKind.Dataset)
            {
                throw scanner.Wrong(
                    start, "Runs are not sorted by data sets, of which a run may have several", "a metric, a parameter, a tag or an attribute");
            }

            if (keys.Exists(key => key.Field == field))
            {
                throw scanner.Wrong(start, $"{RunFilterScanner.Shown(field.ToString())} is there twice", "each field once");
            }

            if (keys.Count == MaximumKeys)
            {
                throw scanner.Wrong(start, $"There are more than {MaximumKeys} keys", "fewer");
            }

            var descending = scanner.Take("DESC");
            if (!descending)
            {
                scanner.Take("ASC");
            }

            keys.Add(new RunOrder(field, descending));
        }
        while (scanner.Take(','));
        return scanner.AtEnd() ? keys : throw scanner.Wrong(scanner.Position, scanner.Next(), "ASC, DESC, a comma or the end");
    }

    /// <summary>Makes an order total: what is equal by the keys given comes newest first, then by id.</summary>
    public static IReadOnlyList<RunOrder> Complete(IReadOnlyList<RunOrder> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return [.. keys, .. _newestFirst.Where(last => keys.All(key => key.Field != last.Field))];
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Descending ? $"{Field} DESC" : Field.ToString();
}
