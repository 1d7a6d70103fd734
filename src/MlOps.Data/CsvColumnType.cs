namespace MlOps.Data;

/// <summary>What the cells of a CSV column are.</summary>
public enum CsvColumnType
{
    /// <summary>Any text, as it stands.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A double, written with a point.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    Boolean,

    /// <summary>An ISO 8601 date or time; without an offset it is taken as UTC. Held in microseconds.</summary>
    Time,
}
