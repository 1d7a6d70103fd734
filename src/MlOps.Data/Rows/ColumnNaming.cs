namespace MlOps.Data;

/// <summary>How a column is named after the property that holds its value.</summary>
public enum ColumnNaming
{
    /// <summary>As the property: <c>DepartureTime</c>.</summary>
    AsProperty,

    /// <summary>In small letters with underscores: <c>departure_time</c>.</summary>
    SnakeCase,

    /// <summary>With a small first letter: <c>departureTime</c>.</summary>
    CamelCase,
}
