using System.Text.Json;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.JsonLines;

/// <summary>The narrowest type that all values of a key seen so far fit; text for a mixture.</summary>
internal sealed class JsonColumnInference
{
    private readonly CellTypeInference _texts = new(JsonLinesParser.Rules);
    private bool _integers;
    private bool _numbers;
    private bool _booleans;
    private bool _strings;
    private bool _namedNumbers;

    public CellType Type
    {
        get
        {
            var number = _integers || _numbers;
            return _strings || (_namedNumbers && !number) || (number && _booleans)
                ? !number && !_booleans && !_namedNumbers && _texts.Type is CellType.Time or CellType.Date ? _texts.Type : CellType.Text
                : _numbers || _namedNumbers ? CellType.Number
                : _integers ? CellType.Integer
                : _booleans ? CellType.Boolean
                : CellType.Text;
        }
    }

    public void See(ref Utf8JsonReader reader, long row)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out _):
                _integers = true;
                break;
            case JsonTokenType.Number:
                _numbers = true;
                break;
            case JsonTokenType.True or JsonTokenType.False:
                _booleans = true;
                break;
            case JsonTokenType.String when JsonLinesParser.IsNamedNumber(ref reader, out _):
                _namedNumbers = true;
                break;
            case JsonTokenType.String:
                _strings = true;
                if (reader.ValueSpan.IsEmpty)
                {
                    _texts.See("x"u8, row);
                }
                else
                {
                    _texts.See(reader.ValueSpan, row);
                }

                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _strings = true;
                _texts.See("x"u8, row);
                break;
        }
    }
}
