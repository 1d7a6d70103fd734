using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOps.Sql;

/// <summary>The parameters of a text that is put together: each value gets the next name.</summary>
internal sealed class SqlParameters
{
    private readonly List<SqlValue> _values = [];

    public ReadOnlySpan<SqlValue> Values => CollectionsMarshal.AsSpan(_values);

    public string Add(SqlValue value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@{_values.Count - 1}");
    }

    public string AddList(IEnumerable<string> values) => string.Join(", ", values.Select(value => Add(value)));
}
